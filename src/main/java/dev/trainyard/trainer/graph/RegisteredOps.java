package dev.trainyard.trainer.graph;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TF_Buffer;
import org.tensorflow.internal.c_api.global.tensorflow;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.OpList;

/**
 * The definitions of the operations that this TensorFlow knows. Of some two thousand a graph needs
 * a few: each is parsed when it is first asked for.
 */
final class RegisteredOps {

  private static final Map<String, ByteString> SERIALIZED = serialized();
  private static final Map<String, OpDef> PARSED = new ConcurrentHashMap<>();

  private RegisteredOps() {}

  static OpDef named(String name) {
    return PARSED.computeIfAbsent(name, RegisteredOps::parse);
  }

  static boolean contains(String name) {
    return SERIALIZED.containsKey(name);
  }

  private static OpDef parse(String name) {
    ByteString definition = SERIALIZED.get(name);
    if (definition == null) {
      throw new IllegalArgumentException("TensorFlow has no operation " + name);
    }
    try {
      return OpDef.parseFrom(definition);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ByteString> serialized() {
    TensorFlow.version(); // loads the native library
    TF_Buffer list = tensorflow.TF_GetAllOpList();
    try {
      return index(list.copyData());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      tensorflow.TF_DeleteBuffer(list);
    }
  }

  /** Reads an {@code OpList} only as far as each operation's name. */
  private static Map<String, ByteString> index(byte[] list) throws IOException {
    Map<String, ByteString> byName = new HashMap<>();
    CodedInputStream in = CodedInputStream.newInstance(list);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == OpList.OP_FIELD_NUMBER) {
        ByteString definition = in.readBytes();
        byName.put(name(definition), definition);
      } else {
        in.skipField(tag);
      }
    }
    return byName;
  }

  private static String name(ByteString definition) throws IOException {
    CodedInputStream in = definition.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == OpDef.NAME_FIELD_NUMBER) {
        return in.readString();
      }
      in.skipField(tag);
    }
    throw new IOException("An operation has no name");
  }
}
