package dev.trainyard.storage;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Takes the data folder before the database in it is opened, so that ours is the word on a clash.
 */
@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

  private static final String DATA_SOURCE = "dataSource";

  @Bean
  static BeanFactoryPostProcessor dataFolderBeforeDatabase() {
    return beans -> {
      if (beans.containsBeanDefinition(DATA_SOURCE)) {
        beans.getBeanDefinition(DATA_SOURCE).setDependsOn("storage");
      }
    };
  }
}
