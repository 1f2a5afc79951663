"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoer.settings")
application = get_wsgi_application()
# What was loaded stays: it need not be looked through for garbage again; a request makes thousands of objects that are
# gone with it, not the hundreds after which Python looks by itself.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
