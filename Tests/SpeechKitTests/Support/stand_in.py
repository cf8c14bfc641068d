"""A stand-in for SpeechKit, IAM and Object Storage on loopback, written without any of the code under test.

The first component of an endpoint's path chooses a fault: "/fault-NAME".
Everything that arrives is kept; a line on standard input prints it as JSON on one line.
"""
import base64, collections, hashlib, http.server, json, socket, ssl, struct, sys, threading, time, urllib.parse

ACCESS_KEY, SECRET_KEY = "TESTACCESSKEY", "test/secret+key"
LOG = []
COUNTS = collections.Counter()
OBJECTS = {}
PUBLIC_KEY = None
LOCK = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def reply(self, status, body=b"", headers=(), length=None):
        if not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("x-request-id", "stand-in-request")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def reset(self):
        # Lingering for no time makes the kernel send RST.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except (ConnectionError, ValueError, OSError):
            self.close_connection = True

    def serve(self):
        path = self.path
        fault = None
        if path.startswith("/fault-"):
            fault, _, rest = path[7:].partition("/")
            path = "/" + rest
        digest = hashlib.sha256()
        body = b""
        left = int(self.headers.get("Content-Length") or 0)
        while left:
            chunk = self.rfile.read(min(left, 1 << 20))
            if not chunk:
                break
            left -= len(chunk)
            digest.update(chunk)
            if len(body) < 1 << 25:
                body += chunk
        with LOCK:
            COUNTS[fault, self.command, path.partition("?")[0]] += 1
            count = COUNTS[fault, self.command, path.partition("?")[0]]
            LOG.append({
                "method": self.command, "path": self.path, "headers": {k.lower(): v for k, v in self.headers.items()},
                "sha256": digest.hexdigest(), "missing": left,
                "body": body.decode("utf-8", "replace") if len(body) < 4096 else None})
        if fault and self.fault(fault, count):
            return
        if path.startswith("/stt/"):
            self.speech(path, body, fault)
        elif path.startswith("/operations/"):
            self.operation(path, fault)
        elif path.startswith("/iam/"):
            self.token(body)
        elif path.startswith("/computeMetadata/"):
            self.metadata()
        else:
            self.storage(path, digest.hexdigest(), fault)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = serve

    def fault(self, fault, count):
        kind, _, argument = fault.partition("=")
        if kind == "reset":
            self.reset()
        elif kind == "close":
            self.close_connection = True
        elif kind == "close-post" and self.command == "POST":
            self.close_connection = True
        elif kind == "silent":
            time.sleep(5)
            self.close_connection = True
        elif kind == "status":
            self.reply(int(argument), {"error": {"code": 13, "message": "it broke", "details": []}})
        elif kind == "once" and count == 1:
            headers = [("Retry-After", "0")] if argument == "429" else []
            self.reply(int(argument), b"try later", headers)
        elif kind == "redirect":
            self.reply(307, b"", [("Location", "http://127.0.0.1:1/elsewhere")])
        elif kind == "short":
            self.reply(200, b'{"id": "op', length=1000)
            self.close_connection = True
        elif kind == "large":
            self.reply(200, b" " * (3 << 20))
        elif kind == "headers":
            self.reply(200, b"{}", [("X-%d" % n, "v" * 1000) for n in range(400)])
        elif kind == "outage" and count in (2, 3, 4, 5):
            self.reply(503, b"down for a moment")
        elif kind == "outage":
            self.reply(200, {"id": "a", "done": count > 1})
        elif kind == "in-band":
            self.reply(200, {"error": {"code": 3, "message": "no such model"}})
        elif kind == "garbage":
            self.reply(200, b"<html>welcome</html>")
        else:
            return False
        return True

    def speech(self, path, body, fault):
        name, _, query = path.partition("?")
        if name.endswith("recognizeFileAsync"):
            content = json.loads(body).get("content")
            if content is not None:
                LOG[-1]["content"] = hashlib.sha256(base64.b64decode(content, validate=True)).hexdigest()
            if fault == "expired" and self.headers["Authorization"] == "Bearer token-1":
                return self.reply(401, {"code": 16, "message": "token is stale"})
            if self.headers["Authorization"] not in ("Api-Key good", "Bearer token-1", "Bearer token-2", "Bearer good"):
                return self.reply(401, {"code": 16, "message": "unknown key"})
            return self.reply(200, {"id": "op 1/я", "createdAt": "2026-01-01T00:00:00Z", "done": False, "metadata": None})
        if name.endswith("getRecognition"):
            if urllib.parse.parse_qs(query).get("operation_id") != ["op 1/я"]:
                return self.reply(404, {"code": 5, "message": "no such operation"})
            lines = [
                {"result": {"audioCursors": {"finalIndex": "0", "receivedDataMs": "2000"}, "channelTag": "0",
                            "final": {"alternatives": [{"text": "раз два", "startTimeMs": "100", "endTimeMs": 900,
                                                        "confidence": "1.0", "words": []}]}}},
                {"result": {"channelTag": "0", "finalRefinement": {
                    "finalIndex": "0", "normalizedText": {"alternatives": [{"text": "Раз, два."}]}}}}]
            text = "\n".join(json.dumps(line, indent=2, ensure_ascii=False) for line in lines)
            if fault == "cut" and COUNTS[fault, "GET", name] == 1:
                text = text[:-5]
            if fault == "late-error":
                text += json.dumps({"error": {"code": 13, "message": "lost the rest"}})
            return self.reply(200, text.encode())
        return self.reply(200, {})

    def operation(self, path, fault):
        count = COUNTS[None, "GET", path]
        operation = {"id": "op 1/я", "done": count > 2 and fault != "running"}
        if "failed" in path:
            operation["error"] = {"code": 3, "message": "the audio is no audio"}
        if path.endswith(":cancel"):
            operation["error"] = {"code": 1, "message": "cancelled"}
        self.reply(200, operation)

    def token(self, body):
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import padding
        header, claims, signature = json.loads(body)["jwt"].split(".")
        decode = lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        key = serialization.load_pem_public_key(open(PUBLIC_KEY, "rb").read())
        key.verify(decode(signature), f"{header}.{claims}".encode(),
                   padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32), hashes.SHA256())
        header, claims = json.loads(decode(header)), json.loads(decode(claims))
        assert header == {"typ": "JWT", "alg": "PS256", "kid": "key-id"}, header
        assert claims["iss"] == "account-id" and claims["exp"] - claims["iat"] <= 3600, claims
        assert claims["aud"] == "https://iam.api.cloud.yandex.net/iam/v1/tokens", claims
        assert abs(claims["iat"] - time.time()) < 60
        with LOCK:
            COUNTS["token"] += 1
        self.reply(200, {"iamToken": "token-%d" % COUNTS["token"], "expiresAt": "2026-01-01T12:00:00Z"})

    def metadata(self):
        if self.headers.get("Metadata-Flavor") != "Google":
            return self.reply(403, b"no flavor")
        with LOCK:
            COUNTS["token"] += 1
        self.reply(200, {"access_token": "token-%d" % COUNTS["token"], "expires_in": 43200, "token_type": "Bearer"})

    def storage(self, path, digest, fault):
        if not self.is_authorized(path, digest):
            return self.reply(
                403, b"<?xml version='1.0'?><Error><Code>SignatureDoesNotMatch</Code>"
                b"<Message>The signature is wrong</Message></Error>")
        key = urllib.parse.unquote(path)
        if self.command == "PUT":
            OBJECTS[key] = (digest, int(self.headers["Content-Length"]))
            return self.reply(200, b"", [("ETag", '"%s"' % digest[:32])])
        if self.command == "HEAD":
            if fault == "writeonly":
                return self.reply(403)
            if key not in OBJECTS:
                return self.reply(404)
            digest, size = OBJECTS[key]
            return self.reply(200, b"", [("ETag", '"%s"' % digest[:32])], size + (1 if fault == "grown" else 0))
        if self.command == "DELETE":
            if key not in OBJECTS:
                return self.reply(404, b"<Error><Code>NoSuchKey</Code><Message>none</Message></Error>")
            del OBJECTS[key]
            return self.reply(204)
        self.reply(405)

    def is_authorized(self, path, digest):
        """Signs the request again with botocore and compares."""
        given = self.headers.get("Authorization", "")
        if not given.startswith("AWS4-HMAC-SHA256 "):
            return given in ("Bearer good", "Bearer token-1")
        # Imported here, because it takes longer than most tests.
        import botocore.auth, botocore.awsrequest, botocore.compat, botocore.credentials
        fields = dict(part.strip().split("=", 1) for part in given[len("AWS4-HMAC-SHA256 "):].split(","))
        access, _, region, service, _ = fields["Credential"].split("/")
        claimed = self.headers.get("x-amz-content-sha256")
        if access != ACCESS_KEY or service != "s3" or claimed not in ("UNSIGNED-PAYLOAD", digest):
            return False
        signed = fields["SignedHeaders"].split(";")
        if not {"host", "x-amz-date", "x-amz-content-sha256"} <= set(signed):
            return False
        if "x-amz-security-token" in self.headers and "x-amz-security-token" not in signed:
            return False
        request = botocore.awsrequest.AWSRequest(
            self.command, "http://" + self.headers["Host"] + self.path,
            headers={name: self.headers[name] for name in signed})
        request.context["timestamp"] = self.headers["x-amz-date"]
        signer = botocore.auth.S3SigV4Auth(
            botocore.credentials.Credentials(ACCESS_KEY, SECRET_KEY), service, region)
        # botocore chooses the headers to sign by itself; here the client's list decides.
        headers = botocore.compat.HTTPHeaders()
        for name in signed:
            headers[name] = self.headers[name]
        signer.headers_to_sign = lambda request: headers
        expected = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        return expected == fields["Signature"]


def main():
    global PUBLIC_KEY
    PUBLIC_KEY = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1] else None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    # Every line asks for the log. The end of input is the end of the test.
    for _ in sys.stdin:
        with LOCK:
            print(json.dumps(LOG), flush=True)


main()
