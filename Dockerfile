# The site as a small image: an ordinary user, packages by hash, static files collected at build.
FROM python:3.11-slim-trixie AS build
WORKDIR /app
COPY requirements/uv.txt requirements/base.txt requirements/
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
 && /venv/bin/uv pip install --no-cache --python /venv/bin/python --require-hashes -r requirements/base.txt

FROM python:3.11-slim-trixie
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PRODUCTION=yes ADIT_VAR_DIR=/var/adit STATIC_DIR=/app/collected
# `manage.py backup` calls pg_dump, which must not be older than the server.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends postgresql-client \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /app adit && install -d -o adit -g adit /var/adit /app /app/collected
WORKDIR /app
COPY --from=build /venv /venv
COPY --chown=adit:adit . .
USER adit
RUN python manage.py collectstatic --noinput -v0 && rm -rf /var/adit/*
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "python:config.web_server", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4"]
