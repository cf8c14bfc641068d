/// A text that no description, dump or interpolation shows.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The text itself, for the one place that sends it.
  let exposed: String

  /// Wraps a text.
  public init(_ text: String) {
    exposed = text
  }

  /// Never the text.
  public var description: String { "‹secret›" }
  /// Never the text.
  public var debugDescription: String { description }
  /// Has no children, so that `dump` finds nothing.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
