# docker build --tag zhujiao .
# docker run --publish 8000:8000 --read-only --tmpfs /tmp --cap-drop ALL zhujiao
#
# A package index with CPU-only builds of torch makes the image gigabytes smaller:
# docker build --build-arg PIP_EXTRA_INDEX_URL=... --tag zhujiao .

FROM python:3.11-slim AS build
ARG PIP_EXTRA_INDEX_URL
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/zhujiao
ENV PATH=/opt/zhujiao/bin:$PATH
WORKDIR /source
# the packages come first: they change less often than our code
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['dependencies'], sep='\n')" > requirements.txt \
    && pip install --quiet --constraint constraints.txt --requirement requirements.txt
COPY README.md ./
COPY corpus corpus
COPY index index
COPY service service
COPY templates templates
RUN pip install --quiet --no-deps .
# the model converted and the index built, so that a container answers within seconds
ENV ZHUJIAO_INDEX_DIR=/var/lib/zhujiao/index ZHUJIAO_MODEL_DIR=/var/lib/zhujiao/model
WORKDIR /var/lib/zhujiao
RUN zhujiao build

FROM python:3.11-slim
RUN groupadd --gid 10001 zhujiao \
    && useradd --uid 10001 --gid zhujiao --no-create-home --home-dir /var/lib/zhujiao --shell /usr/sbin/nologin zhujiao
COPY --from=build /opt/zhujiao /opt/zhujiao
COPY --from=build --chown=10001:10001 /var/lib/zhujiao /var/lib/zhujiao
ENV PATH=/opt/zhujiao/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    ZHUJIAO_INDEX_DIR=/var/lib/zhujiao/index ZHUJIAO_MODEL_DIR=/var/lib/zhujiao/model
USER 10001:10001
WORKDIR /var/lib/zhujiao
VOLUME /var/lib/zhujiao
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ.get('ZHUJIAO_PORT', 8000)}/healthz\", timeout=4)"]
CMD ["zhujiao", "serve", "--host", "0.0.0.0"]
