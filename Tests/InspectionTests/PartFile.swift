import Compression
import Documents
import Hashing
import Provenance

/// Writes a part file and gives its digest.
func write(_ rows: [LedgerRow], to path: String) throws -> Digest {
  var writer = try JSONLinesWriter(path: path)
  for row in rows { try writer.write(row) }
  try writer.commit()
  return try Digest(ofFile: path)
}
