FROM python:3.13-slim AS build
RUN pip install --no-cache-dir uv==0.13.8
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never
WORKDIR /build
COPY pyproject.toml uv.lock ./
RUN UV_PROJECT_ENVIRONMENT=/opt/bptt uv sync --locked --no-dev --no-install-project
COPY . .
RUN uv run --locked --no-default-groups --group assets python -m app.pages.bundle && \
    UV_PROJECT_ENVIRONMENT=/opt/bptt uv sync --locked --no-dev --no-editable

FROM python:3.13-slim
COPY --from=build /opt/bptt /opt/bptt
RUN useradd --system --uid 10001 bptt
USER 10001
ENV PATH=/opt/bptt/bin:$PATH BPTT_HOST=0.0.0.0 BPTT_PORT=8000
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['BPTT_PORT']}/healthz\", timeout=4)"]
CMD ["bptt-explorer"]
