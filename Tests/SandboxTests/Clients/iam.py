"""Signs JWTs with Python's `cryptography` and exchanges them for IAM tokens."""
import base64
import json
import os
import sys
import time
import urllib.error
import urllib.request

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwt(change):
    with open(os.environ["YC_SERVICE_ACCOUNT_KEY_FILE"]) as file:
        file = json.load(file)
    pem = file["private_key"]
    key = serialization.load_pem_private_key(pem[pem.index("-----BEGIN") :].encode(), None)
    now, salt = int(time.time()), 32
    header = {"typ": "JWT", "alg": "PS256", "kid": file["id"]}
    claims = {
        "iss": file["service_account_id"], "aud": "https://iam.api.cloud.yandex.net/iam/v1/tokens",
        "iat": now, "exp": now + 3600,
    }
    if change == "other-key":
        key = rsa.generate_private_key(65537, 2048)
    elif change == "salt":
        salt = 20
    elif change in ("iss", "aud"):
        claims[change] = "someone"
    elif change in ("kid", "alg", "typ"):
        header[change] = "something"
    elif change == "expired":
        claims.update(iat=now - 7200, exp=now - 3600)
    elif change == "early":
        claims.update(iat=now + 600, exp=now + 1200)
    elif change == "long":
        claims["exp"] = now + 3601
    elif change == "text-dates":
        claims.update(iat=str(now), exp=str(now + 60))
    signed = encoded(json.dumps(header).encode()) + "." + encoded(json.dumps(claims).encode())
    signature = key.sign(signed.encode(), padding.PSS(padding.MGF1(hashes.SHA256()), salt), hashes.SHA256())
    if change == "tampered":
        claims["exp"] -= 1
        signed = encoded(json.dumps(header).encode()) + "." + encoded(json.dumps(claims).encode())
    if change == "padded":
        return signed + "." + base64.urlsafe_b64encode(signature).decode()
    return signed + "." + encoded(signature)


def exchange(change):
    """The status of an exchange, the token, and how many seconds it says to live."""
    body = json.dumps({"jwt": jwt(change)} if change != "no-jwt" else {}).encode()
    request = urllib.request.Request(os.environ["WAVPREP_IAM_ENDPOINT"] + "/iam/v1/tokens", body)
    try:
        with urllib.request.urlopen(request) as reply:
            reply = json.load(reply)
            return {"status": 200, "code": 0, "token": reply["iamToken"], "expires": reply["expiresAt"]}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "code": json.load(error)["code"], "token": "", "expires": ""}


print(json.dumps([exchange(change) for change in sys.argv[1:]]))
