import Foundation

/// The parts of a sandbox, put together.
struct Service: Sendable {
  let folder: StateFolder
  let recogniser: any Recogniser
  let queue: RecognitionQueue
  let router: Router
  let environment: [(name: String, value: String)]
  private let operations: OperationStore

  private static let credentialsFile = "credentials.json"
  private static let keyFile = "service-account-key.json"

  init(_ configuration: Sandbox.Configuration, folder: StateFolder, port: UInt16) throws {
    self.folder = folder
    let credentials = try Self.credentials(in: folder)
    try folder.save(credentials.authorizedKeyFile, as: Self.keyFile)
    let iam = try IAMService(credentials)
    let access = AccessControl(credentials: credentials, iam: iam)
    let objects = ObjectStore(folder: folder)
    let operations = try OperationStore(folder: folder)
    let origin = "http://127.0.0.1:\(port)"

    let pocketSphinx = configuration.speech == .automatic ? PocketSphinx.find() : nil
    recogniser = pocketSphinx ?? SilenceRecogniser()
    let work = RecognitionWork(
      folder: folder, operations: operations, objects: objects, recogniser: recogniser, origin: origin)
    queue = RecognitionQueue(limit: max(1, configuration.parallelRecognitions)) { await work.run($0) }
    self.operations = operations

    let signatures = SignatureV4(
      accessKeyID: credentials.accessKeyID, secretAccessKey: credentials.secretAccessKey)
    router = Router(
      recognition: RecognitionRoutes(access: access, folder: folder, operations: operations, queue: queue),
      tokens: TokenRoutes(iam: iam),
      storage: StorageRoutes(store: objects, signatures: signatures, access: access),
      faults: FaultPlan(rules: configuration.faults, seed: configuration.seed))
    environment = Self.environment(credentials, origin: origin, folder: folder)
  }

  /// Goes on with what an earlier sandbox in the same folder left unfinished.
  func resume() async {
    // Half-made files of a sandbox that was killed.
    for name in folder.names(in: "work") { folder.remove("work/" + name) }
    for id in await operations.unfinished { await queue.add(id) }
  }

  /// The credentials in the folder, made if it has none.
  private static func credentials(in folder: StateFolder) throws -> Credentials {
    if let kept = try folder.load(Credentials.self, from: credentialsFile) { return kept }
    let made = try Credentials.make()
    try folder.save(made, as: credentialsFile)
    return made
  }

  private static func environment(
    _ credentials: Credentials, origin: String, folder: StateFolder
  ) -> [(name: String, value: String)] {
    let endpoints = [
      "WAVPREP_ENDPOINT", "WAVPREP_OPERATION_ENDPOINT", "WAVPREP_STORAGE_ENDPOINT", "WAVPREP_IAM_ENDPOINT",
    ]
    return endpoints.map { ($0, origin) } + [
      ("WAVPREP_BUCKET", StorageRoutes.bucket),
      ("YC_API_KEY", credentials.apiKey),
      ("AWS_ACCESS_KEY_ID", credentials.accessKeyID),
      ("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey),
      ("YC_SERVICE_ACCOUNT_KEY_FILE", folder.file(keyFile)),
    ]
  }
}
