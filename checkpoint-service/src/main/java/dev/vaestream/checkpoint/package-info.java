/**
 * The checkpoint manager over object storage, and the only service that talks to it.
 *
 * <p>A checkpoint exists exactly when its manifest does. The manifest is the last object written and is created, never
 * replaced; every blob that it names was there before it, and was read under its own SHA-256. An answer of the store
 * that leaves open what it did is settled by reading back. Nothing is deleted that a manifest of any run refers to.
 * Events on {@code checkpoints} are hints: losing one loses nothing.
 */
@NullMarked
package dev.vaestream.checkpoint;

import org.jspecify.annotations.NullMarked;
