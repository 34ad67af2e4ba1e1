internal import Documents
internal import Foundation
internal import Provenance

/// A document in the shape of OBELICS: of each place of `images` and `texts` exactly one is null.
///
/// `metadata` and `general_metadata` are JSON in a string, as there. Of the facts of an image,
/// `unformatted_src` and `formatted_filename` are left out; `archive`, `member` and `sha256` are added.
struct OBELICSLine: Encodable {
  private struct Image: Encodable {
    var document_url: String
    var src: String
    var alt_text: String?
    var original_width: Int
    var original_height: Int
    var rendered_width: Int?
    var rendered_height: Int?
    var format: String
    var archive: String
    var member: String
    var sha256: Digest
  }

  private struct General: Encodable {
    var url: String
    var id: DocumentID
    var warc_filename: String?
    var warc_record_offset: Int64?
    var warc_record_length: Int64?
  }

  var images: [String?] = []
  var texts: [String?] = []
  var metadata: String
  var general_metadata: String

  /// Lays a document out; `record` and `input` say where its page stands.
  init(
    _ document: ExportedDocument, record: RecordRow?, input: InputRow?, encoder: JSONEncoder
  ) throws {
    var facts: [Image?] = []
    for part in document.parts {
      switch part {
      case .text(let text):
        images.append(nil)
        texts.append(text)
        facts.append(nil)
      case .image(let image, let resolved, let member):
        images.append(image.url)
        texts.append(nil)
        facts.append(Self.facts(image, resolved, member, document))
      }
    }
    // The archive's own name: the directory it was read from is of one machine.
    let name = input.map { $0.path.split(separator: "/").last.map(String.init) ?? $0.path }
    let general = General(
      url: document.url, id: document.id, warc_filename: name,
      warc_record_offset: record?.location.memberOffset,
      warc_record_length: record?.location.memberLength)
    metadata = String(decoding: try encoder.encode(facts), as: UTF8.self)
    general_metadata = String(decoding: try encoder.encode(general), as: UTF8.self)
  }

  private static func facts(
    _ image: ImageReference, _ resolved: ResolvedImage, _ member: String,
    _ document: ExportedDocument
  ) -> Image {
    Image(
      document_url: document.url, src: image.url, alt_text: image.alt,
      original_width: resolved.width, original_height: resolved.height,
      rendered_width: image.width, rendered_height: image.height,
      format: (resolved.stored?.format ?? resolved.format).rawValue, archive: document.archive,
      member: member, sha256: resolved.fileDigest)
  }
}
