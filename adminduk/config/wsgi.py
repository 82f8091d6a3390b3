"""The web process's entry: `granian --interface wsgi adminduk.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
application = get_wsgi_application()
