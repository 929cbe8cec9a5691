# The image holds the program and nothing else: time zones are inside it.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o /herald ./cmd/herald && mkdir /site && chown 65532:65532 /site

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /herald /herald
# The site: herald.yaml, the articles, public/ and herald.db. Mount it writable for user 65532.
COPY --from=build --chown=65532:65532 /site /site
WORKDIR /site
USER 65532:65532
ENTRYPOINT ["/herald"]
CMD ["run"]
