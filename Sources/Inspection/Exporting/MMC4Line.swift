internal import Documents

/// A document in the shape of Multimodal C4.
///
/// `matched_text_index` is the text that an image stands before on the page, and the last text for
/// images behind it: what readers of mmc4, which put an image before its text, make of it is the
/// page's own order. mmc4 instead assigns images to sentences by CLIP, which is where `matched_sim`
/// and `similarity_matrix` come from; these, `face_detections` and `could_have_url_duplicate` are left
/// out.
struct MMC4Line: Encodable {
  struct Image: Encodable {
    var image_name: String
    var raw_url: String
    /// `nil`, which is `null`, where the document has no text.
    var matched_text_index: Int?
    var sha256: Digest
    var width: Int
    var height: Int

    private enum CodingKeys: String, CodingKey {
      case image_name, raw_url, matched_text_index, sha256, width, height
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(image_name, forKey: .image_name)
      try container.encode(raw_url, forKey: .raw_url)
      try container.encode(matched_text_index, forKey: .matched_text_index)
      try container.encode(sha256, forKey: .sha256)
      try container.encode(width, forKey: .width)
      try container.encode(height, forKey: .height)
    }
  }

  var url: String
  var text_list: [String]
  var image_info: [Image]
  var id: DocumentID
  var archive: String

  init(_ document: ExportedDocument) {
    url = document.url
    id = document.id
    archive = document.archive
    text_list = document.parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
    image_info = []
    var before = 0
    for part in document.parts {
      switch part {
      case .text: before += 1
      case .image(let image, let resolved, let member):
        image_info.append(
          Image(
            image_name: member, raw_url: image.url,
            matched_text_index: text_list.isEmpty ? nil : min(before, text_list.count - 1),
            sha256: resolved.fileDigest, width: resolved.stored?.width ?? resolved.width,
            height: resolved.stored?.height ?? resolved.height))
      }
    }
  }
}
