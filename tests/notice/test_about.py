"""Every mail can be named in the outbox."""

from lmp.config import PACKAGE
from lmp.notice.views.outbox import ABOUT


def test_every_feature_that_writes_mails_has_a_word_in_the_outbox() -> None:
    writers = {folder.parent.name for folder in PACKAGE.glob("*/templates/*/mail")}
    assert writers == set(ABOUT)
