# onrecord in a container: `docker build -t onrecord .`, then
# `docker run --rm -v "$PWD:/data" onrecord read /data/pages`
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY src ./src
RUN python -m venv /opt/onrecord \
    && /opt/onrecord/bin/pip install --no-cache-dir --constraint constraints.txt ".[postgres]"

FROM python:3.12-slim-bookworm
COPY --from=build /opt/onrecord /opt/onrecord
RUN useradd --create-home --uid 10001 onrecord && mkdir /data && chown onrecord /data
USER 10001
WORKDIR /data
ENV PATH=/opt/onrecord/bin:$PATH \
    ONRECORD_RECORD=/data/record.db \
    DO_NOT_TRACK=1
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["onrecord"]
CMD ["--help"]
