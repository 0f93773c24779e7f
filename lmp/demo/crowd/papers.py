"""Certificates of a crowd: a number and code of their own in a record that says so, as the register keeps them."""

import hashlib
import json
import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from lmp.certificate import codes
from lmp.certificate.models import Certificate, NumberSeries
from lmp.core import addresses, bulk, clock
from lmp.demo.crowd.original import metadata
from lmp.network.models import Centre

_COLUMNS = list(Certificate.__table__.columns.keys())
_PLACE = {name: place for place, name in enumerate(_COLUMNS)}
_DAYS = ("starts_on", "ends_on", "issued_on", "expires_on")


class Papers:
    """Numbers without gaps in each centre and year, as the services give them."""

    def __init__(self, connection: Connection, chance: random.Random) -> None:
        """Read where the series stand."""
        series = select(NumberSeries.centre_id, NumberSeries.year, NumberSeries.last)
        self.last = {(row[0], row[1]): row[2] for row in connection.execute(series)}
        self.kept = set(self.last)
        self.codes: dict[UUID, str] = {row[0]: row[1] for row in connection.execute(select(Centre.id, Centre.code))}
        self.chance = chance

    def finished(self, row: list[Any], later: timedelta, names: Mapping[UUID, str]) -> list[Any]:
        """A copied certificate as another one."""
        centre, year = row[_PLACE["centre_id"]], clock.local(row[_PLACE["issued_at"]]).year
        serial = self.last[centre, year] = self.last.get((centre, year), 0) + 1
        number = codes.number(year, self.codes[centre], serial)
        code = codes.with_check("".join(self.chance.choices(codes.ALPHABET, k=codes.RANDOM_LENGTH)))
        name = names[row[_PLACE["person_id"]]]
        record = json.loads(row[_PLACE["record"]])
        record |= {"number": number, "code": code, "person": name, "verify_url": addresses.verification(code)}
        record |= {day: (date.fromisoformat(record[day]) + later).isoformat() for day in _DAYS if day in record}
        text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        for column, value in {
            "year": year, "serial": serial, "number": number, "code": code, "person_name": name, "record": text,
            "record_sha256": hashlib.sha256(text.encode()).hexdigest(),
        }.items():  # fmt: skip
            row[_PLACE[column]] = value
        return row

    def keep_series(self, connection: Connection) -> int:
        """Let each series go on after its highest number."""
        table = metadata.tables["number_series"]
        for (centre, year), last in self.last.items():
            if (centre, year) in self.kept:
                row = (table.c.centre_id == centre) & (table.c.year == year)
                connection.execute(table.update().where(row).values(last=last))
        new = [(*key, last) for key, last in self.last.items() if key not in self.kept]
        return bulk.write(connection, table, new)
