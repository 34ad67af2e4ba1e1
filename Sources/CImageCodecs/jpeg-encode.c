#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

#include "internal.h"

typedef struct Encoder {
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  struct jpeg_destination_mgr destination;
  jmp_buf failed;
  CImageCodecs_Message message;
} Encoder;

static _Noreturn void fail(j_common_ptr info) {
  Encoder *encoder = info->client_data;
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  CImageCodecs_say(encoder->message, text);
  longjmp(encoder->failed, 1);
}

static void silent(j_common_ptr info) { (void)info; }

static void begin(j_compress_ptr info) { (void)info; }

// The file has room for the most that there can be.
static boolean full(j_compress_ptr info) {
  ERREXIT(info, JERR_BUFFER_SIZE);
  return FALSE;
}

size_t CImageCodecs_jpegBound(CImageCodecs_Size size) {
  // tjBufSize of libjpeg-turbo reckons with 3 bytes a pixel of whole blocks for chroma of 2 by 2; this is more.
  size_t width = ((size_t)size.width + 15) / 16 * 16, height = ((size_t)size.height + 15) / 16 * 16;
  return width * height * 4 + 2048;
}

CImageCodecs_Status CImageCodecs_jpegEncode(const uint8_t *pixels, CImageCodecs_Size size, int quality,
                                            uint8_t *file, size_t *count,
                                            CImageCodecs_Message message) {
  Encoder encoder;
  memset(&encoder, 0, sizeof encoder);
  encoder.message = message;
  CImageCodecs_say(message, "");
  encoder.info.err = jpeg_std_error(&encoder.errors);
  encoder.info.client_data = &encoder;
  encoder.errors.error_exit = fail;
  encoder.errors.output_message = silent;
  if (setjmp(encoder.failed)) {
    jpeg_destroy_compress(&encoder.info);
    return CImageCodecs_broken;
  }
  jpeg_create_compress(&encoder.info);
  size_t room = CImageCodecs_jpegBound(size);
  encoder.destination.next_output_byte = file;
  encoder.destination.free_in_buffer = room;
  encoder.destination.init_destination = begin;
  encoder.destination.empty_output_buffer = full;
  encoder.destination.term_destination = begin;
  encoder.info.dest = &encoder.destination;
  encoder.info.image_width = size.width;
  encoder.info.image_height = size.height;
  encoder.info.input_components = 3;
  encoder.info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder.info);
  jpeg_set_quality(&encoder.info, quality, TRUE);
  jpeg_start_compress(&encoder.info, TRUE);
  while (encoder.info.next_scanline < encoder.info.image_height) {
    // libjpeg takes rows that it does not change without `const`.
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)encoder.info.next_scanline * size.width * 3);
    jpeg_write_scanlines(&encoder.info, &row, 1);
  }
  jpeg_finish_compress(&encoder.info);
  *count = room - encoder.destination.free_in_buffer;
  jpeg_destroy_compress(&encoder.info);
  return CImageCodecs_ok;
}
