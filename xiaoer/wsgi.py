"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoer.settings")
application = get_wsgi_application()
# What was loaded stays: it need not be looked through for garbage again, nor after every few hundred new objects.
# Measured: a tenth more submissions (docs/performance.md).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
