public import Inspection
internal import Provenance

/// The viewer of a run: a function from requests to pages.
///
/// It reads and never writes; a run may go on meanwhile. All threads of a server share one.
public final class Viewer: Sendable {
  /// The run.
  let run: InspectedRun
  let pictures = Pictures()
  let searches = Gate(2)

  /// Makes a viewer of a run.
  public init(_ run: InspectedRun) { self.run = run }

  /// What answers a request that came to a port of loopback.
  public func response(to request: Request, port: UInt16) -> Response {
    guard Self.hosts(port).contains(request.host) else {
      // A page elsewhere whose name was made to lead to loopback (DNS rebinding) sends its own host.
      return ErrorPage.make(
        .misdirected, "the viewer is at http://127.0.0.1:\(port)/, and answers under no other name")
    }
    guard request.method != nil else {
      return ErrorPage.make(.methodNotAllowed, "the viewer is read-only: it knows GET and HEAD")
    }
    if request.hasBody {
      return ErrorPage.make(.contentTooLarge, "the viewer takes requests without a body")
    }
    do {
      return try page(for: request)
    } catch let fault as RequestFault {
      return ErrorPage.make(fault.status, fault.message)
    } catch let error as InspectionError where error.code == .notFound {
      return ErrorPage.make(.notFound, error.message)
    } catch {
      return ErrorPage.make(.internalError, "\(error)")
    }
  }

  private static func hosts(_ port: UInt16) -> [String] {
    let names = ["127.0.0.1", "localhost", "[::1]"]
    // Browsers leave the port of the scheme out.
    return names.map { "\($0):\(port)" } + (port == 80 ? names : [])
  }

  private func page(for request: Request) throws -> Response {
    var rest = request.path[...]
    switch rest.popFirst() {
    case nil: return try homePage().response()
    case "style.css" where rest.isEmpty:
      return Self.fixed("text/css; charset=utf-8", ViewerStyle.sheet)
    case "icon.svg" where rest.isEmpty: return Self.fixed("image/svg+xml", ViewerStyle.icon)
    case "search" where rest.isEmpty: return try searchAnswer(request)
    case "documents": return try documents(rest, request)
    case "images": return try images(rest, request)
    case "pairs" where rest.isEmpty: return try pairsPage(request).response()
    case "reasons": return try reasons(rest, request)
    case "shards": return try shards(rest, request)
    case "duplicates": return try duplicates(rest, request)
    case "training" where rest.isEmpty: return try trainingPage(request).response()
    default: throw Self.notFound
    }
  }

  /// The fault of a path that leads nowhere.
  static let notFound = RequestFault(
    .notFound, "the viewer has no such page; the links above lead to those it has")

  private static func fixed(_ type: String, _ text: String) -> Response {
    var response = Response(type: type, body: Array(text.utf8))
    response.fields["Cache-Control"] = "private, max-age=300"
    return response
  }
}
