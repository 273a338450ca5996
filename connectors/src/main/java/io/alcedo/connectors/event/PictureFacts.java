package io.alcedo.connectors.event;

/**
 * What a decoder says of a picture, whatever it shows: enough to tell a camera that is frozen, dark
 * or covered.
 *
 * @param checksum CRC-32 of the encoded bytes
 * @param brightness mean luma, 0 to 255
 * @param contrast standard deviation of the luma, 0 to 255
 */
public record PictureFacts(long checksum, double brightness, double contrast) {}
