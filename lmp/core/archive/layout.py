"""How the parts of a ZIP file are laid out."""

import struct

END = struct.Struct("<4s4H2LH")
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
END_SIGN, CENTRAL_SIGN, LOCAL_SIGN, DESCRIPTOR_SIGN = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04", b"PK\x07\x08"
ZIP64_LOCATOR_SIGN, ZIP64_LOCATOR_BYTES = b"PK\x06\x07", 20
STORED, DEFLATED = 0, 8
#: Flags of an entry: three for encryption; sizes stand behind the data; the name is UTF-8; two about how it was deflated.
ENCRYPTED, DESCRIBED, UTF8, HOW_DEFLATED = 0x2041, 0x08, 0x800, 0x06
#: What stands in a number that is too large for its place.
FULL_WORD, FULL_LONG = 0xFFFF, 0xFFFFFFFF
