"""Object Storage by boto3, and by requests that botocore signs and http.client sends as they are."""
import datetime
import hashlib
import http.client
import json
import os
import sys
import urllib.parse

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials
import botocore.exceptions
import botocore.handlers

ENDPOINT = os.environ["WAVPREP_STORAGE_ENDPOINT"]
BUCKET = os.environ["WAVPREP_BUCKET"]


def client():
    s3 = boto3.client(
        "s3", endpoint_url=ENDPOINT, region_name=os.environ.get("REGION", "ru-central1"),
        config=botocore.config.Config(
            retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}, signature_version="s3v4"
        ),
    )
    # The sandbox does not say 100 Continue, and boto3 would wait a second for it at every put.
    s3.meta.events.unregister("before-call.s3", botocore.handlers.add_expect_header)
    return s3


def roundtrip(key):
    """Puts, looks at, gets, replaces and removes an object, each through boto3."""
    s3, body = client(), os.urandom(100_001)
    s3.put_object(Bucket=BUCKET, Key=key, Body=body, ContentType="audio/wav")
    head = s3.head_object(Bucket=BUCKET, Key=key)
    got = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    s3.put_object(Bucket=BUCKET, Key=key, Body=b"new")
    replaced = s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()
    s3.delete_object(Bucket=BUCKET, Key=key)
    s3.delete_object(Bucket=BUCKET, Key=key)
    try:
        s3.get_object(Bucket=BUCKET, Key=key)
        after = "still there"
    except botocore.exceptions.ClientError as error:
        after = error.response["Error"]["Code"]
    return {
        "length": head["ContentLength"], "type": head["ContentType"], "same": got == body,
        "replaced": replaced.decode(), "after": after, "dated": head["LastModified"].year > 2000,
    }


def upload(key, path):
    """Puts a file."""
    with open(path, "rb") as file:
        client().put_object(Bucket=BUCKET, Key=key, Body=file)
    return {"uri": f"{ENDPOINT}/{BUCKET}/{urllib.parse.quote(key)}"}


def refused(key):
    """The status and code with which a put is refused."""
    try:
        client().put_object(Bucket=BUCKET, Key=key, Body=b"x")
        return {"status": 200, "code": ""}
    except botocore.exceptions.ClientError as error:
        return {"status": error.response["ResponseMetadata"]["HTTPStatusCode"], "code": error.response["Error"]["Code"]}


def raw(change):
    """A signed put of a name that is no text, sent after `change` was made to it; the status and the S3 code."""
    path = f"/{BUCKET}/%FF%00%0A../%2B%3D%20end"
    body = b"0123456789"
    request = botocore.awsrequest.AWSRequest("PUT", ENDPOINT + path, data=body, headers={"x-amz-meta-note": "a  b"})
    credentials = botocore.credentials.Credentials(
        os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
    )
    if change == "no-digest":
        # What curl does when it is not told the header.
        botocore.auth.SigV4Auth(credentials, "s3", "ru-central1").add_auth(request)
    else:
        botocore.auth.S3SigV4Auth(credentials, "s3", "ru-central1").add_auth(request)
    headers = dict(request.headers.items())
    if change == "header":
        headers["x-amz-meta-note"] = "changed"
    elif change == "unsigned-header":
        headers["x-amz-acl"] = "public-read"
    elif change == "path":
        path += "2"
    elif change == "body":
        body = b"9876543210"
    elif change == "old":
        date = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(minutes=16)
        headers["X-Amz-Date"] = date.strftime("%Y%m%dT%H%M%SZ")
    elif change == "query":
        path += "?versionId=1"
    elif change == "no-authorization":
        del headers["Authorization"]
    elif change == "bearer":
        headers["Authorization"] = "Bearer " + os.environ["TOKEN"]
    elif change == "streaming":
        headers["x-amz-content-sha256"] = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
        headers["Authorization"] = "Bearer " + os.environ["TOKEN"]
    address = urllib.parse.urlsplit(ENDPOINT)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    connection.request("PUT", path, body=body, headers={**headers, "Host": address.netloc})
    reply = connection.getresponse()
    text = reply.read().decode()
    code = text.split("<Code>")[1].split("</Code>")[0] if "<Code>" in text else ""
    # The connection has to be good for another request, whatever became of this one.
    connection.request("GET", f"/{BUCKET}/x")
    return {"status": reply.status, "code": code, "next": connection.getresponse().status}


def stream(megabytes):
    """Puts so many megabytes without ever holding more than one; the digest the server found, as its entity tag."""
    address = urllib.parse.urlsplit(ENDPOINT)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    count, digest = int(megabytes), hashlib.sha256()
    connection.putrequest("PUT", f"/{BUCKET}/large")
    connection.putheader("Authorization", "Bearer " + os.environ["TOKEN"])
    connection.putheader("Content-Length", str(count << 20))
    connection.endheaders()
    for number in range(count):
        block = bytes([number % 251]) * (1 << 20)
        digest.update(block)
        connection.send(block)
    reply = connection.getresponse()
    reply.read()
    return {"status": reply.status, "same": reply.headers["ETag"] == f'"{digest.hexdigest()[:32]}"'}


# `storage.py upload KEY PATH` does one thing; all other actions are done once for each argument.
action, arguments = globals()[sys.argv[1]], sys.argv[2:]
print(json.dumps([action(*arguments)] if action is upload else [action(argument) for argument in arguments]))
