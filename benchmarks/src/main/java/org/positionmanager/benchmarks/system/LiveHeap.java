package org.positionmanager.benchmarks.system;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What is live in another JVM of this machine: its heap after a full collection. */
final class LiveHeap {
  private LiveHeap() {}

  /**
   * Collects there and tells what is left, bytes.
   *
   * @throws IOException where it has ended or cannot be asked
   */
  static long of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach("" + pid);
      String address;
      try {
        address = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
      try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
        MemoryMXBean memory =
            ManagementFactory.newPlatformMXBeanProxy(
                connector.getMBeanServerConnection(),
                ManagementFactory.MEMORY_MXBEAN_NAME,
                MemoryMXBean.class);
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("process " + pid + " cannot be asked for its heap", e);
    }
  }
}
