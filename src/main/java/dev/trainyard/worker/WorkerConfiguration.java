package dev.trainyard.worker;

import dev.trainyard.fleet.ConditionalOnRole;
import dev.trainyard.fleet.Role;
import dev.trainyard.process.ChildJvm;
import dev.trainyard.worker.executor.LocalTrainerExecutor;
import dev.trainyard.worker.executor.TrainerExecutor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Chooses where trainers run. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.WORKER)
class WorkerConfiguration {

  @Bean
  TrainerExecutor trainerExecutor(ChildJvm jvm, WorkerProperties properties) {
    return new LocalTrainerExecutor(
        jvm, properties.trainerHeap(), properties.maxLogSize(), properties.standbyTrainers());
  }
}
