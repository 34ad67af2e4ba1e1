#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include <jerror.h>

#include "internal.h"

typedef struct Decoder {
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_progress_mgr progress;
  jmp_buf failed;
  CImageCodecs_Message message;
  CImageCodecs_Status status;
  int maximumScans;
} Decoder;

static _Noreturn void fail(j_common_ptr info) {
  Decoder *decoder = info->client_data;
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  CImageCodecs_say(decoder->message, text);
  switch (info->err->msg_code) {
    case JERR_BAD_PRECISION:
    case JERR_SOF_UNSUPPORTED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_NOT_COMPILED:
      decoder->status = CImageCodecs_unsupported;
      break;
    default:
      decoder->status = CImageCodecs_broken;
  }
  longjmp(decoder->failed, 1);
}

// libjpeg goes on after a warning and makes up the pixels it lacks. Those warnings that mean made-up
// pixels end the decoding here; harmless ones, such as stray bytes before a marker, do not.
static void warn(j_common_ptr info, int level) {
  if (level >= 0) return;
  switch (info->err->msg_code) {
    case JWRN_JPEG_EOF:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_BOGUS_PROGRESSION:
      fail(info);
    default:
      break;
  }
}

static void silent(j_common_ptr info) { (void)info; }

// A progressive file can hold thousands of nearly empty scans, each of which walks the whole image:
// "Two Issues with the JPEG Standard", <https://libjpeg-turbo.org/pmwiki/uploads/About/>.
static void countScans(j_common_ptr info) {
  Decoder *decoder = info->client_data;
  if (decoder->info.input_scan_number > decoder->maximumScans) {
    CImageCodecs_say(decoder->message, "too many scans");
    decoder->status = CImageCodecs_broken;
    longjmp(decoder->failed, 1);
  }
}

static void start(Decoder *decoder, const uint8_t *bytes, size_t count) {
  jpeg_create_decompress(&decoder->info);
  decoder->progress.progress_monitor = countScans;
  decoder->info.progress = &decoder->progress;
  jpeg_mem_src(&decoder->info, bytes, count);
  // Colour profiles stand in markers of this kind.
  jpeg_save_markers(&decoder->info, JPEG_APP0 + 2, 0xffff);
  jpeg_read_header(&decoder->info, TRUE);
}

static void prepare(Decoder *decoder, CImageCodecs_Message message, int maximumScans) {
  memset(decoder, 0, sizeof *decoder);
  decoder->message = message;
  decoder->maximumScans = maximumScans;
  CImageCodecs_say(message, "");
  decoder->info.err = jpeg_std_error(&decoder->errors);
  decoder->info.client_data = decoder;
  decoder->errors.error_exit = fail;
  decoder->errors.emit_message = warn;
  decoder->errors.output_message = silent;
}

CImageCodecs_Status CImageCodecs_jpegSize(const uint8_t *bytes, size_t count,
                                          CImageCodecs_Size *size, CImageCodecs_Message message) {
  Decoder decoder;
  prepare(&decoder, message, 1);
  if (setjmp(decoder.failed)) {
    jpeg_destroy_decompress(&decoder.info);
    return decoder.status;
  }
  start(&decoder, bytes, count);
  size->width = decoder.info.image_width;
  size->height = decoder.info.image_height;
  jpeg_destroy_decompress(&decoder.info);
  return CImageCodecs_ok;
}

// Inks to light as Pillow does it. A file holds inks inverted by Adobe's convention, which Pillow and
// the browsers assume of every four-channel file, since all common writers follow it.
static void lightOfInks(const uint8_t *inverted, size_t count, uint8_t *rgb) {
  for (size_t i = 0; i < count; i++) {
    unsigned light = inverted[4 * i + 3];
    for (int channel = 0; channel < 3; channel++) {
      unsigned ink = 255u - inverted[4 * i + channel];
      rgb[3 * i + channel] = (uint8_t)(light - CImageCodecs_dividedBy255(ink * light));
    }
  }
}

static void readRows(Decoder *decoder, uint8_t *pixels) {
  struct jpeg_decompress_struct *info = &decoder->info;
  size_t width = info->output_width;
  if (info->out_color_space == JCS_RGB) {
    while (info->output_scanline < info->output_height) {
      JSAMPROW row = pixels + (size_t)info->output_scanline * width * 3;
      jpeg_read_scanlines(info, &row, 1);
    }
    return;
  }
  JSAMPARRAY inks = info->mem->alloc_sarray((j_common_ptr)info, JPOOL_IMAGE, (JDIMENSION)(width * 4), 1);
  while (info->output_scanline < info->output_height) {
    uint8_t *row = pixels + (size_t)info->output_scanline * width * 3;
    jpeg_read_scanlines(info, inks, 1);
    lightOfInks(inks[0], width, row);
  }
}

CImageCodecs_Status CImageCodecs_jpegDecode(const uint8_t *bytes, size_t count,
                                            CImageCodecs_Size size, int eighths, int maximumScans,
                                            bool sRGB, uint8_t *pixels, CImageCodecs_Message message) {
  Decoder decoder;
  prepare(&decoder, message, maximumScans);
  if (setjmp(decoder.failed)) {
    jpeg_destroy_decompress(&decoder.info);
    return decoder.status;
  }
  start(&decoder, bytes, count);
  if (decoder.info.image_width != size.width || decoder.info.image_height != size.height) {
    CImageCodecs_say(message, "two different sizes");
    jpeg_destroy_decompress(&decoder.info);
    return CImageCodecs_broken;
  }
  // Coefficients of a progressive file take up to 8 bytes a pixel, and sampling factors of 4 round
  // small sizes up; more than this is no image that a page shows.
  decoder.info.mem->max_memory_to_use = (64L << 20) + 10L * (long)size.width * (long)size.height;
  bool fourChannels = decoder.info.jpeg_color_space == JCS_CMYK ||
                      decoder.info.jpeg_color_space == JCS_YCCK;
  decoder.info.out_color_space = fourChannels ? JCS_CMYK : JCS_RGB;
  decoder.info.scale_num = (unsigned)eighths;
  decoder.info.scale_denom = 8;
  jpeg_start_decompress(&decoder.info);
  readRows(&decoder, pixels);
  JOCTET *icc = NULL;
  unsigned int iccCount = 0;
  if (sRGB && decoder.info.out_color_space == JCS_RGB) {
    jpeg_read_icc_profile(&decoder.info, &icc, &iccCount);
  }
  CImageCodecs_toSRGB(icc, iccCount, pixels,
                      (size_t)decoder.info.output_width * decoder.info.output_height);
  free(icc);
  jpeg_finish_decompress(&decoder.info);
  jpeg_destroy_decompress(&decoder.info);
  return CImageCodecs_ok;
}
