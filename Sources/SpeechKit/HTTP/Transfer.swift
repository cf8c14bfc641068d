import CCurl

/// One request inside libcurl: its handle, what it still sends, what it received so far.
///
/// Lives on the loop's thread only, and has to outlive the handle's stay in the multi handle, since the handle keeps
/// its address.
final class Transfer {
  let handle: UnsafeMutableRawPointer
  private let exchange: Exchange
  private let errorText: UnsafeMutablePointer<CChar>
  private var headerList: UnsafeMutablePointer<curl_slist>?

  private var sentBytes = 0
  private var headers: [String: String] = [:]
  private var headerBytes = 0
  private var body: [UInt8] = []
  /// What made a callback stop the transfer, instead of libcurl's own reason.
  private var failure: TransportError?

  /// The largest total of header bytes that is taken, in bytes.
  private static let headerLimit = 256 << 10

  init?(_ exchange: Exchange) {
    guard let handle = curl_easy_init() else { return nil }
    self.handle = handle
    self.exchange = exchange
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    setUpConnection()
    setUpRequest()
    setUpCallbacks()
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  func finish(_ result: Result<HTTPResponse, TransportError>) {
    exchange.finish(result)
  }

  // MARK: Setting up

  private func setUpConnection() {
    let request = exchange.request
    ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    ccurl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    ccurl_set_long(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(exchange.settings.timeouts.connect))
    ccurl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    ccurl_set_long(handle, CURLOPT_LOW_SPEED_TIME, max(1, Self.milliseconds(exchange.settings.timeouts.stall) / 1000))
    if let file = exchange.settings.authorityFile {
      ccurl_set_string(handle, CURLOPT_CAINFO, file)
      ccurl_set_string(handle, CURLOPT_CAPATH, nil)
    }
    // A proxy must not see what goes to this machine, nor the virtual machine's token.
    if request.endpoint.isLoopback || !request.endpoint.isSecure { ccurl_set_string(handle, CURLOPT_NOPROXY, "*") }
    if !request.mayReuseConnection { ccurl_set_long(handle, CURLOPT_FRESH_CONNECT, 1) }
  }

  private func setUpRequest() {
    let request = exchange.request
    ccurl_set_string(handle, CURLOPT_URL, request.url)
    // An object's name may hold "/../", which has to reach the server as it is.
    ccurl_set_long(handle, CURLOPT_PATH_AS_IS, 1)
    ccurl_set_string(handle, CURLOPT_USERAGENT, exchange.settings.userAgent)
    switch request.method {
    case .get: ccurl_set_long(handle, CURLOPT_HTTPGET, 1)
    case .head: ccurl_set_long(handle, CURLOPT_NOBODY, 1)
    case .put:
      ccurl_set_long(handle, CURLOPT_UPLOAD, 1)
      ccurl_set_offset(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(request.body?.byteCount ?? 0))
      ccurl_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
      // Asking first saves sending a gigabyte to a server that refuses it; one that does not answer the question
      // costs this many milliseconds.
      ccurl_set_long(handle, CURLOPT_EXPECT_100_TIMEOUT_MS, 400)
    case .post:
      ccurl_set_long(handle, CURLOPT_POST, 1)
      ccurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body?.byteCount ?? 0))
      ccurl_set_long(handle, CURLOPT_UPLOAD_BUFFERSIZE, 256 << 10)
    case .delete: ccurl_set_string(handle, CURLOPT_CUSTOMREQUEST, "DELETE")
    }
    for header in request.headers {
      headerList = curl_slist_append(headerList, "\(header.name): \(header.value.exposed)")
    }
    // After a 417, libcurl sends a request again without this header: a submit goes without it from the start.
    if request.method == .post { headerList = curl_slist_append(headerList, "Expect:") }
    ccurl_set_list(handle, CURLOPT_HTTPHEADER, headerList)
    if let signing = request.signing {
      ccurl_set_string(handle, CURLOPT_AWS_SIGV4, "aws:amz:\(signing.region):s3")
      ccurl_set_string(handle, CURLOPT_USERNAME, signing.accessKey)
      ccurl_set_string(handle, CURLOPT_PASSWORD, signing.secretKey.exposed)
    }
  }

  private func setUpCallbacks() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    for (option, data) in [
      (CURLOPT_WRITEFUNCTION, CURLOPT_WRITEDATA), (CURLOPT_HEADERFUNCTION, CURLOPT_HEADERDATA),
      (CURLOPT_READFUNCTION, CURLOPT_READDATA),
    ] {
      ccurl_set_pointer(handle, data, context)
      switch option {
      case CURLOPT_WRITEFUNCTION: ccurl_set_data_callback(handle, option, receiveBody)
      case CURLOPT_HEADERFUNCTION: ccurl_set_data_callback(handle, option, receiveHeader)
      default: ccurl_set_data_callback(handle, option, sendBody)
      }
    }
    ccurl_set_pointer(handle, CURLOPT_SEEKDATA, context)
    ccurl_set_seek_callback(handle, seekBody)
  }

  private static func milliseconds(_ seconds: Double) -> Int {
    Int(min(max(seconds, 0.001), 86_400) * 1000)
  }

  // MARK: Inside the transfer

  fileprivate func received(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= exchange.request.replyLimit else {
      failure = TransportError(
        kind: .replyTooLarge, reason: "the reply is larger than \(exchange.request.replyLimit) bytes")
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  fileprivate func receivedHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
    headerBytes += bytes.count
    guard headerBytes <= Self.headerLimit else {
      failure = TransportError(kind: .replyTooLarge, reason: "the reply's headers exceed \(Self.headerLimit) bytes")
      return false
    }
    let line = String(decoding: bytes, as: UTF8.self)
    if line.hasPrefix("HTTP/") {
      // Of an interim answer (100 Continue) nothing is kept.
      headers.removeAll()
    } else if let colon = line.firstIndex(of: ":") {
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      headers[line[..<colon].lowercased()] = String(value.prefix { !$0.isNewline })
    }
    return true
  }

  /// The number of bytes put into the buffer, or nil to stop.
  fileprivate func send(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    do throws(SourceFileError) {
      let count = try exchange.request.body?.read(into: buffer, at: sentBytes) ?? 0
      sentBytes += count
      if sentBytes == exchange.request.body?.byteCount { try exchange.request.body?.checkUnchanged() }
      return count
    } catch {
      failure = TransportError(kind: .sourceFile, reason: error.description)
      return nil
    }
  }

  fileprivate func seek(to offset: curl_off_t) {
    sentBytes = Int(offset)
  }

  // MARK: How it ended

  /// Whether any byte of the request can have reached the server.
  var mayHaveArrived: Bool {
    var requestBytes = 0
    ccurl_get_long(handle, CURLINFO_REQUEST_SIZE, &requestBytes)
    guard requestBytes > 0 else { return false }
    // A proxy that was asked to connect counts as bytes sent; the server comes after the TLS handshake.
    var connections = 0
    ccurl_get_long(handle, CURLINFO_NUM_CONNECTS, &connections)
    var handshake: curl_off_t = 0
    ccurl_get_offset(handle, CURLINFO_APPCONNECT_TIME_T, &handshake)
    return !(exchange.request.endpoint.isSecure && connections > 0 && handshake == 0)
  }

  func outcome(of code: CURLcode) -> Result<HTTPResponse, TransportError> {
    if code == CURLE_OK {
      var status = 0
      ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
      return .success(HTTPResponse(status: status, headers: headers, body: body))
    }
    if let failure { return .failure(failure) }
    let text = String(cString: errorText)
    let reason = text.isEmpty ? String(cString: curl_easy_strerror(code)) : text
    return .failure(
      TransportError(
        kind: Self.neverSends.contains(code.rawValue) || !mayHaveArrived ? .notSent : .unanswered,
        reason: Printable.text(reason)))
  }

  /// What libcurl reports only before it has a connection to send over.
  private static let neverSends = Set(
    [
      CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST,
      CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_PROXY,
    ].map(\.rawValue))
}

// MARK: libcurl's callbacks

// `context` is the transfer whose handle calls; libcurl calls only between the handle's coming and going.

private func transfer(_ context: UnsafeMutableRawPointer?) -> Transfer? {
  context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
}

private func receiveBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let total = size * count
  guard transfer(context)?.received(UnsafeRawBufferPointer(start: bytes, count: total)) == true else {
    // Any other number than the one given stops the transfer.
    return total == 0 ? 1 : 0
  }
  return total
}

private func receiveHeader(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let total = size * count
  guard transfer(context)?.receivedHeader(UnsafeRawBufferPointer(start: bytes, count: total)) == true else {
    return total == 0 ? 1 : 0
  }
  return total
}

private func sendBody(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let buffer = UnsafeMutableRawBufferPointer(start: bytes, count: size * count)
  return transfer(context)?.send(into: buffer) ?? Int(CURL_READFUNC_ABORT)
}

private func seekBody(_ context: UnsafeMutableRawPointer?, _ offset: curl_off_t, _ origin: Int32) -> Int32 {
  guard origin == 0, offset >= 0, let transfer = transfer(context) else { return CURL_SEEKFUNC_FAIL }
  transfer.seek(to: offset)
  return CURL_SEEKFUNC_OK
}
