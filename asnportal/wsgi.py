"""The web process."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asnportal.settings")
application = get_wsgi_application()

from asnportal.common.startup import refuse_half_configured  # noqa: E402 (needs the apps that are loaded above)

refuse_half_configured()
