/// The tables of a ledger: the text of `schemas/v4-provenance.sql`.
enum LedgerSchema {
  /// The version that `PRAGMA user_version` states.
  static let version = 4
  /// The application that `PRAGMA application_id` states: `weft` in ASCII.
  static let applicationID = 0x7765_6674

  /// The statements that make the tables.
  static let sql = """
    -- The ledger of a run, version 4: what was read, what became of it and why, and which
    -- document each run of tokens came from.
    --
    -- Identities are bytes: a record or document is named by 16, a file or an image by the 32 of
    -- its SHA-256. Lengths and offsets are bytes where the name does not say otherwise. Rows come
    -- in parts, one for each partition of a stage; a row's key is its part and its place among
    -- the part's rows of its table, so that a part is one stretch of each table and can be
    -- replaced as a whole.

    -- 'weft' in ASCII, so that `file` and every reader can tell a ledger from other databases.
    PRAGMA application_id = 2003134068;
    PRAGMA user_version = 4;

    -- The run the ledger belongs to: one row.
    CREATE TABLE runs (
      key INTEGER PRIMARY KEY CHECK (key = 1),
      id TEXT NOT NULL,
      format INTEGER NOT NULL,
      weft TEXT NOT NULL,
      pipeline TEXT NOT NULL
    ) STRICT;

    -- The part files that have been merged.
    CREATE TABLE parts (
      part INTEGER PRIMARY KEY,
      stage TEXT NOT NULL,
      partition INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      rows INTEGER NOT NULL,
      UNIQUE (stage, partition)
    ) STRICT;

    -- The archives the run reads, or its files of instructions.
    CREATE TABLE inputs (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      input INTEGER NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX inputs_by_input ON inputs (input);

    -- The records of the archives. A record's place is its member in the file and its place in
    -- the member's decompressed bytes. The payload of a revisit is that of its original. `address` is
    -- the first 8 bytes of the SHA-256 of the URL in the normal form of RFC 3986, section 6.2.2, as a
    -- signed big-endian number; of a text that is no URL, of the text. It finds all spellings of an
    -- address by 8 bytes.
    CREATE TABLE records (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      id BLOB NOT NULL CHECK (length(id) = 16),
      input INTEGER NOT NULL,
      member_offset INTEGER NOT NULL,
      member_length INTEGER NOT NULL,
      record_offset INTEGER NOT NULL,
      record_length INTEGER NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('page', 'image', 'other')),
      url TEXT,
      address INTEGER,
      status INTEGER,
      media_type TEXT,
      original BLOB CHECK (length(original) = 16),
      reason TEXT,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX records_by_id ON records (id);
    CREATE INDEX records_by_address ON records (address) WHERE address IS NOT NULL;
    CREATE INDEX records_by_reason ON records (reason) WHERE reason IS NOT NULL;

    -- The pages that were extracted.
    CREATE TABLE documents (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      id BLOB NOT NULL CHECK (length(id) = 16),
      url TEXT NOT NULL,
      domain TEXT NOT NULL,
      title TEXT,
      language TEXT,
      nodes INTEGER NOT NULL,
      images INTEGER NOT NULL,
      characters INTEGER NOT NULL,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX documents_by_id ON documents (id);
    CREATE INDEX documents_by_url ON documents (url, id);
    CREATE INDEX documents_by_domain ON documents (domain, id);

    -- The images that were found and decoded, by the record that holds them.
    CREATE TABLE images (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      record BLOB NOT NULL CHECK (length(record) = 16),
      url TEXT NOT NULL,
      format TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      single_colour INTEGER NOT NULL CHECK (single_colour IN (0, 1)),
      perceptual_hash INTEGER NOT NULL,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX images_by_digest ON images (digest);
    CREATE INDEX images_by_url ON images (url, digest);

    -- What the corpora hold of images that are not stored as they were crawled.
    CREATE TABLE stored_images (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      stored BLOB NOT NULL CHECK (length(stored) = 32),
      format TEXT NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX stored_images_by_digest ON stored_images (digest);
    CREATE INDEX stored_images_by_stored ON stored_images (stored);

    -- The images of documents in reading order; the digest is null where the image was not found, and
    -- `address` is made of the URL as in `records`.
    CREATE TABLE document_images (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      document BLOB NOT NULL CHECK (length(document) = 16),
      image INTEGER NOT NULL,
      url TEXT NOT NULL,
      address INTEGER NOT NULL,
      digest BLOB CHECK (length(digest) = 32),
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX document_images_by_document ON document_images (document, image);
    CREATE INDEX document_images_by_digest ON document_images (digest, document, image)
      WHERE digest IS NOT NULL;
    CREATE INDEX document_images_by_address ON document_images (address);

    -- The documents of the interleaved and the text corpus.
    CREATE TABLE corpus_documents (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      corpus TEXT NOT NULL CHECK (corpus IN ('interleaved', 'text')),
      document BLOB NOT NULL CHECK (length(document) = 16),
      nodes INTEGER NOT NULL,
      images INTEGER NOT NULL,
      characters INTEGER NOT NULL,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX corpus_documents_by_document ON corpus_documents (corpus, document);

    -- The image-caption pairs of the pairs corpus.
    CREATE TABLE pairs (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      document BLOB NOT NULL CHECK (length(document) = 16),
      image INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      source TEXT NOT NULL CHECK (source IN ('caption', 'alt')),
      characters INTEGER NOT NULL,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX pairs_by_document ON pairs (document, image);

    -- The examples of instruction tuning, each a line of a file: `length` bytes from `offset` of the
    -- file's decompressed bytes. The characters are those of the example's three texts.
    CREATE TABLE instructions (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      id BLOB NOT NULL CHECK (length(id) = 16),
      input INTEGER NOT NULL,
      "offset" INTEGER NOT NULL,
      length INTEGER NOT NULL,
      characters INTEGER NOT NULL,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX instructions_by_id ON instructions (id);

    -- Why a record, page, node, image, pair or document went no further. The subject is the 16
    -- bytes of a record or document, or the 32 of an image; place and path tell which node or
    -- image of it.
    CREATE TABLE decisions (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      unit TEXT NOT NULL,
      subject BLOB NOT NULL CHECK (length(subject) IN (16, 32)),
      place INTEGER,
      path TEXT,
      reason TEXT NOT NULL,
      measured REAL,
      threshold REAL,
      detail TEXT,
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX decisions_by_subject ON decisions (subject);
    CREATE INDEX decisions_by_reason ON decisions (reason, unit);
    -- 12 is the stage deduplicate: its decisions have as detail the document that stays.
    CREATE INDEX decisions_by_representative ON decisions (detail)
      WHERE part >> 32 = 12 AND detail IS NOT NULL;

    -- The clusters of duplicates of a part, the largest first and from 1 on: the document that stays,
    -- and how many are dropped for it. The stage deduplicate has one part.
    CREATE TABLE duplicate_clusters (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      rank INTEGER NOT NULL,
      representative TEXT NOT NULL CHECK (length(representative) = 32),
      dropped INTEGER NOT NULL,
      PRIMARY KEY (part, rank)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX duplicate_clusters_by_representative ON duplicate_clusters (representative);

    -- How many things of a unit entered a partition of a stage and went on; entered = kept +
    -- dropped.
    CREATE TABLE counts (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      unit TEXT NOT NULL,
      entered INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      PRIMARY KEY (part, unit)
    ) STRICT, WITHOUT ROWID;

    -- How many of them were dropped, by reason.
    CREATE TABLE count_reasons (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      unit TEXT NOT NULL,
      reason TEXT NOT NULL,
      dropped INTEGER NOT NULL,
      PRIMARY KEY (part, unit, reason)
    ) STRICT, WITHOUT ROWID;

    -- The sums of both over all parts of a stage, kept by the triggers below, so that the numbers of a
    -- run cost the same however many parts it has.
    CREATE TABLE count_totals (
      stage TEXT NOT NULL,
      unit TEXT NOT NULL,
      parts INTEGER NOT NULL,
      entered INTEGER NOT NULL,
      kept INTEGER NOT NULL,
      PRIMARY KEY (stage, unit)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE reason_totals (
      stage TEXT NOT NULL,
      unit TEXT NOT NULL,
      reason TEXT NOT NULL,
      dropped INTEGER NOT NULL,
      PRIMARY KEY (stage, unit, reason)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER count_added AFTER INSERT ON counts BEGIN
      INSERT INTO count_totals (stage, unit, parts, entered, kept)
      SELECT stage, new.unit, 1, new.entered, new.kept FROM parts WHERE part = new.part
      ON CONFLICT (stage, unit) DO UPDATE
      SET parts = parts + 1, entered = entered + excluded.entered, kept = kept + excluded.kept;
    END;

    CREATE TRIGGER count_removed AFTER DELETE ON counts BEGIN
      UPDATE count_totals
      SET parts = parts - 1, entered = entered - old.entered, kept = kept - old.kept
      WHERE stage = (SELECT stage FROM parts WHERE part = old.part) AND unit = old.unit;
      DELETE FROM count_totals WHERE parts = 0;
    END;

    CREATE TRIGGER reason_added AFTER INSERT ON count_reasons BEGIN
      INSERT INTO reason_totals (stage, unit, reason, dropped)
      SELECT stage, new.unit, new.reason, new.dropped FROM parts WHERE part = new.part
      ON CONFLICT (stage, unit, reason) DO UPDATE SET dropped = dropped + excluded.dropped;
    END;

    CREATE TRIGGER reason_removed AFTER DELETE ON count_reasons BEGIN
      UPDATE reason_totals SET dropped = dropped - old.dropped
      WHERE stage = (SELECT stage FROM parts WHERE part = old.part) AND unit = old.unit
        AND reason = old.reason;
      DELETE FROM reason_totals WHERE dropped = 0;
    END;

    -- The triggers above ask a part for its stage, so its counts go before it.
    CREATE TRIGGER part_removed BEFORE DELETE ON parts BEGIN
      DELETE FROM counts WHERE part = old.part;
      DELETE FROM count_reasons WHERE part = old.part;
    END;

    -- The packed shards; the key is made of the corpus and the shard's number.
    CREATE TABLE shards (
      key INTEGER PRIMARY KEY,
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      corpus TEXT NOT NULL
        CHECK (corpus IN ('interleaved', 'pairs', 'text', 'instructions')),
      shard INTEGER NOT NULL,
      split TEXT NOT NULL CHECK (split IN ('train', 'validation')),
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      sequences INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      images INTEGER NOT NULL,
      UNIQUE (corpus, shard)
    ) STRICT;
    CREATE INDEX shards_by_part ON shards (part);

    -- Which document each run of tokens of a sequence came from: `length` tokens from `start` in
    -- the sequence are the document's tokens from `document_offset` on. In the pairs corpus
    -- `image` is the place of the pair's image in the document.
    CREATE TABLE segments (
      shard INTEGER NOT NULL REFERENCES shards ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
      sequence INTEGER NOT NULL,
      start INTEGER NOT NULL,
      length INTEGER NOT NULL,
      document BLOB NOT NULL CHECK (length(document) = 16),
      document_offset INTEGER NOT NULL,
      image INTEGER,
      PRIMARY KEY (shard, sequence, start)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX segments_by_document ON segments (document);

    -- The files the run made, by path relative to the run directory.
    CREATE TABLE artefacts (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL,
      digest BLOB NOT NULL CHECK (length(digest) = 32),
      PRIMARY KEY (part, ordinal)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX artefacts_by_path ON artefacts (path);

    -- How many values of a metric a part has in each bucket, and their sum; a bucket is named by
    -- its smallest value.
    CREATE TABLE histograms (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      metric TEXT NOT NULL,
      bucket INTEGER NOT NULL,
      count INTEGER NOT NULL,
      total INTEGER NOT NULL,
      PRIMARY KEY (part, metric, bucket)
    ) STRICT, WITHOUT ROWID;

    -- The sums of the histograms of all parts, kept like those of the counts.
    CREATE TABLE histogram_totals (
      metric TEXT NOT NULL,
      bucket INTEGER NOT NULL,
      count INTEGER NOT NULL,
      total INTEGER NOT NULL,
      PRIMARY KEY (metric, bucket)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER histogram_added AFTER INSERT ON histograms BEGIN
      INSERT INTO histogram_totals (metric, bucket, count, total)
      VALUES (new.metric, new.bucket, new.count, new.total)
      ON CONFLICT (metric, bucket) DO UPDATE
      SET count = count + excluded.count, total = total + excluded.total;
    END;

    CREATE TRIGGER histogram_removed AFTER DELETE ON histograms BEGIN
      UPDATE histogram_totals SET count = count - old.count, total = total - old.total
      WHERE metric = old.metric AND bucket = old.bucket;
      DELETE FROM histogram_totals
      WHERE metric = old.metric AND bucket = old.bucket AND count = 0;
    END;

    -- How many documents a part gives of each domain and language, with their characters: of a
    -- domain those that were extracted, of a language those that curation found to be in it, the
    -- empty one where it found none. Beside them documents of the interleaved and the text corpus
    -- and pairs.
    CREATE TABLE document_groups (
      part INTEGER NOT NULL REFERENCES parts ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('domain', 'language')),
      value TEXT NOT NULL,
      documents INTEGER NOT NULL,
      characters INTEGER NOT NULL,
      interleaved INTEGER NOT NULL,
      texts INTEGER NOT NULL,
      pairs INTEGER NOT NULL,
      PRIMARY KEY (part, kind, value)
    ) STRICT, WITHOUT ROWID;

    -- The sums of these over all parts, kept by the triggers below.
    CREATE TABLE document_group_totals (
      kind TEXT NOT NULL,
      value TEXT NOT NULL,
      documents INTEGER NOT NULL,
      characters INTEGER NOT NULL,
      interleaved INTEGER NOT NULL,
      texts INTEGER NOT NULL,
      pairs INTEGER NOT NULL,
      PRIMARY KEY (kind, value)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX document_group_totals_by_documents
      ON document_group_totals (kind, documents DESC, value);

    CREATE TRIGGER document_group_added AFTER INSERT ON document_groups BEGIN
      INSERT INTO document_group_totals (kind, value, documents, characters, interleaved, texts, pairs)
      VALUES (new.kind, new.value, new.documents, new.characters, new.interleaved, new.texts, new.pairs)
      ON CONFLICT (kind, value) DO UPDATE
      SET documents = documents + excluded.documents, characters = characters + excluded.characters,
        interleaved = interleaved + excluded.interleaved, texts = texts + excluded.texts,
        pairs = pairs + excluded.pairs;
    END;

    CREATE TRIGGER document_group_removed AFTER DELETE ON document_groups BEGIN
      UPDATE document_group_totals
      SET documents = documents - old.documents, characters = characters - old.characters,
        interleaved = interleaved - old.interleaved, texts = texts - old.texts,
        pairs = pairs - old.pairs
      WHERE kind = old.kind AND value = old.value;
      DELETE FROM document_group_totals
      WHERE kind = old.kind AND value = old.value AND documents = 0 AND interleaved = 0 AND texts = 0
        AND pairs = 0;
    END;

    -- The state of each URL that was asked for over the network. These rows are no part of any
    -- partition: they are written while images are fetched, each after the bytes it speaks of are on
    -- the disk, and a later run asks again only for what is not here or may have passed. The key is
    -- the normalised URL. Of a kept URL, `segment`, `offset` and `length` tell where its WARC record
    -- stands under `fetched/`; `fetched` is in seconds since 1970 and decides nothing.
    CREATE TABLE fetches (
      url TEXT PRIMARY KEY NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('kept', 'dropped')),
      reason TEXT,
      detail TEXT,
      may_pass INTEGER NOT NULL CHECK (may_pass IN (0, 1)),
      requests INTEGER NOT NULL,
      status INTEGER,
      opt_outs TEXT NOT NULL,
      final_url TEXT,
      media_type TEXT,
      digest BLOB CHECK (length(digest) = 32),
      segment INTEGER,
      "offset" INTEGER,
      length INTEGER,
      fetched INTEGER NOT NULL,
      CHECK ((state = 'kept') = (reason IS NULL)),
      CHECK ((state = 'kept') = (digest IS NOT NULL AND segment IS NOT NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX fetches_by_segment ON fetches (segment, "offset") WHERE segment IS NOT NULL;
    """
}
