#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "internal.h"

typedef struct Encoder {
  struct jpeg_compress_struct info;
  struct jpeg_error_mgr errors;
  jmp_buf failed;
  CImageCodecs_Message message;
  // What libjpeg allocates is kept here, where it outlives a jump.
  unsigned char *bytes;
  unsigned long count;
} Encoder;

static _Noreturn void fail(j_common_ptr info) {
  Encoder *encoder = info->client_data;
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  CImageCodecs_say(encoder->message, text);
  longjmp(encoder->failed, 1);
}

static void silent(j_common_ptr info) { (void)info; }

CImageCodecs_Status CImageCodecs_jpegEncode(const uint8_t *pixels, CImageCodecs_Size size,
                                            uint8_t **bytes, size_t *count,
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
    free(encoder.bytes);
    return CImageCodecs_broken;
  }
  jpeg_create_compress(&encoder.info);
  jpeg_mem_dest(&encoder.info, &encoder.bytes, &encoder.count);
  encoder.info.image_width = size.width;
  encoder.info.image_height = size.height;
  encoder.info.input_components = 3;
  encoder.info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&encoder.info);
  jpeg_start_compress(&encoder.info, TRUE);
  while (encoder.info.next_scanline < encoder.info.image_height) {
    // libjpeg takes rows that it may change and does not change them.
    JSAMPROW row = (JSAMPROW)pixels + (size_t)encoder.info.next_scanline * size.width * 3;
    jpeg_write_scanlines(&encoder.info, &row, 1);
  }
  jpeg_finish_compress(&encoder.info);
  jpeg_destroy_compress(&encoder.info);
  *bytes = encoder.bytes;
  *count = encoder.count;
  return CImageCodecs_ok;
}

void CImageCodecs_free(uint8_t *bytes) { free(bytes); }
