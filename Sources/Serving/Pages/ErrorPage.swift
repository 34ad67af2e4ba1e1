internal import Inspection

/// A page that says why there is no other.
enum ErrorPage {
  static func make(_ status: Response.Status, _ message: String) -> Response {
    var page = Page(status.words)
    page.content.strange("p", class: "lead", message)
    var response = page.response(status)
    if status == .methodNotAllowed { response.fields["Allow"] = "GET, HEAD" }
    return response
  }
}
