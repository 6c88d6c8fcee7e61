# The portal's image: web, worker and beat are the same image with another command (docker-compose.yml).

FROM python:3.11-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /venv
COPY requirements.lock /tmp/requirements.lock
RUN /venv/bin/pip install --require-hashes --no-deps --requirement /tmp/requirements.lock
WORKDIR /app
COPY . .
# The manifest of static files belongs to the image, not to a volume. The key is for this step alone.
RUN SECRET_KEY=only-for-collecting-static-files DATA_DIR=/tmp/build STATIC_ROOT=/app/staticfiles \
    /venv/bin/python manage.py collectstatic --no-input --verbosity 0 \
    && /venv/bin/python -m compileall -q /app /venv

FROM python:3.11-slim-trixie
# pg_dump and pg_restore as new as the server, and age, for the commands backup and restore.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-17 age openssl \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --home-dir /data --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0750 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
ENV PATH=/venv/bin:$PATH DATA_DIR=/data STATIC_ROOT=/app/staticfiles \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "asnportal/management/probe.py", "web"]
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "3", "--threads", "8", \
     "--timeout", "60", "--graceful-timeout", "30", "--max-requests", "5000", "--max-requests-jitter", "500", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "asnportal.wsgi:application"]
