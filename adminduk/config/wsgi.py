"""The web process's entry: `granian --interface wsgi adminduk.config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from adminduk.foundation import database_roles
from adminduk.foundation.pages.rendering import compile_templates
from adminduk.usecases import outside

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adminduk.config.settings")
os.environ.setdefault("PGAPPNAME", "adminduk web")  # seen in pg_stat_activity
application = get_wsgi_application()
database_roles.refuse_unsafe_role(connection)
connection.close()
outside.catalogue()  # before there are threads: the first visitors do not wait for it, nor read it twice at once
compile_templates()
gc.collect()
gc.freeze()  # definitions and modules never become garbage: collections need not look at them again
gc.set_threshold(20_000, 20, 50)  # a page makes thousands of short-lived objects and hardly any cycle
