"""The WSGI application, importable from anywhere."""

import os

from lmp.app import create_app
from lmp.config import read_config

app = create_app(read_config(os.environ))
