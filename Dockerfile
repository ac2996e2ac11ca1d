# docker build -t mtcheck .
# docker run --rm --network none -v "$PWD:/work:ro" mtcheck check source.txt target.txt
FROM python:3.11-slim

WORKDIR /opt/mtcheck
COPY constraints.txt pyproject.toml README.md LICENSE ./
# torch by exact version from its own index: a looser wish brings gigabytes for graphics cards.
RUN python -m pip install --no-cache-dir torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu
COPY mtcheck mtcheck
RUN python -m pip install --no-cache-dir -c constraints.txt .

# Nothing runs as root, and nothing needs to be written but what --output names.
RUN useradd --create-home checker
USER checker
WORKDIR /work
ENTRYPOINT ["mtcheck"]
CMD ["--help"]
