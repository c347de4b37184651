"""What a web server starts."""

import os

from django.core.wsgi import get_wsgi_application

from config.readable import in_an_encoding_we_read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = in_an_encoding_we_read(get_wsgi_application())
