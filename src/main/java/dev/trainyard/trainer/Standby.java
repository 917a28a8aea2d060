package dev.trainyard.trainer;

import dev.trainyard.trainer.device.DeviceList;
import dev.trainyard.trainer.loop.StopSignal;
import dev.trainyard.trainer.protocol.Device;
import dev.trainyard.trainer.protocol.TrainerEvent;
import dev.trainyard.trainer.protocol.TrainerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.tensorflow.TensorFlow;

/** What a trainer does while it has no plan yet: looks for devices if asked to, and warms up. */
final class Standby {

  private Standby() {}

  /**
   * @param parent is told {@link TrainerEvent.Ready}
   * @param stop cuts the rehearsal short
   */
  static void await(List<String> options, Consumer<TrainerEvent> parent, StopSignal stop) {
    List<Device> devices = new ArrayList<>();
    if (options.contains(TrainerProcess.LIST_DEVICES)) {
      devices.addAll(DeviceList.physical());
    }
    if (options.contains(TrainerProcess.LIST_TPU)) {
      devices.addAll(DeviceList.tpu());
    }
    if (!options.contains(TrainerProcess.ONLY_REPORT)) {
      Rehearsal.play(stop);
    }
    parent.accept(new TrainerEvent.Ready(TensorFlow.version(), devices));
  }
}
