# One image for everything that runs: api (the default), worker, migrate, publish, demo, any command.
# Behind a company's registry or CA: docker build --secret id=pip,src=pip.conf --secret id=ca,src=ca.crt .
# Name the base by digest to build the same image again: --build-arg BASE=...@sha256:...
ARG BASE=docker.io/library/python:3.11-slim-bookworm

FROM ${BASE} AS build
WORKDIR /build
COPY requirements/build.txt requirements/image.txt ./
# Neither pip nor what builds the package gets into the environment that is shipped.
RUN --mount=type=cache,target=/root/.cache/pip \
    --mount=type=secret,id=pip,target=/etc/pip.conf \
    --mount=type=secret,id=ca,target=/run/secrets/ca.crt \
    python -m venv --without-pip /opt/build && \
    python -m venv --without-pip /opt/watchstore && \
    pip --python /opt/build/bin/python install --require-hashes -r build.txt && \
    pip --python /opt/watchstore/bin/python install --no-compile --require-hashes -r image.txt
# Sources of C, models of AWS services that the shop never calls, types that no program reads,
# databases and fonts of other kinds, pictures: papers hold none. The lock pins all of it, and
# deploy/tests runs what is left.
COPY deploy/image/trim.py ./
WORKDIR /opt/watchstore/lib/python3.11/site-packages
RUN find . -name '*.c' -delete -o -name '*.pyx' -delete -o -name '*.pxd' -delete -o -name '*.pyi' -delete && \
    find botocore/data -mindepth 1 -maxdepth 1 -type d ! -name s3 ! -name sts -exec rm -r {} + && \
    rm -r boto3/data stripe/params sqlalchemy/testing alembic/testing && \
    rm -r sqlalchemy/dialects/mssql sqlalchemy/dialects/mysql sqlalchemy/dialects/oracle sqlalchemy/dialects/sqlite && \
    rm -r fontTools/cu2qu fontTools/merge fontTools/mtiLib fontTools/qu2cu fontTools/ufoLib fontTools/voltLib && \
    rm -f PIL/_avif.* PIL/_imagingft.* PIL/_webp.* pillow.libs/libavif-* pillow.libs/libwebp* pillow.libs/libsharpyuv-* \
        pillow.libs/libbrotli* pillow.libs/libfreetype-* pillow.libs/libharfbuzz-* pillow.libs/libpng16-* && \
    python /build/trim.py .
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY src src
COPY deploy/image/bytecode.py ./
RUN /opt/build/bin/python -c "from setuptools import build_meta; build_meta.build_wheel('dist')" && \
    pip --python /opt/watchstore/bin/python install --no-compile --no-cache-dir --no-index --no-deps dist/*.whl && \
    /opt/watchstore/bin/python -B bytecode.py /opt/watchstore/lib
# Where the publisher looks: beside site-packages, as beside src in a checkout.
COPY frontend /opt/watchstore/lib/python3.11/frontend

FROM ${BASE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="watchstore" \
      org.opencontainers.image.description="An online store for watches" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
# The folders exist so that a volume mounted there belongs to the user; nothing else is writable.
RUN groupadd --gid 10001 shop && \
    useradd --uid 10001 --gid shop --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin shop && \
    install -d -o shop -g shop /var/lib/watchstore /var/lib/watchstore/data \
        /var/lib/watchstore/gateway /var/lib/watchstore/mail /var/lib/watchstore/pages
COPY --from=build /opt/watchstore /opt/watchstore
ENV PATH=/opt/watchstore/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA=/tmp/watchstore
WORKDIR /var/lib/watchstore
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
# As the API is asked; what else runs from this image is asked in its own way, or not at all.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:%s/api/v1/health/live' % os.environ['PORT'], timeout=2).read()"]
CMD ["gunicorn", "-c", "python:watchstore.entrypoints.gunicorn_conf"]
