"""The WSGI application, importable from anywhere."""

import os

from lmp.app import create_app
from lmp.config import gather, read_config

app = create_app(read_config(gather(os.environ)))
