package dev.trainyard.fleet;

import com.zaxxer.hikari.HikariDataSource;
import dev.trainyard.storage.Storage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** This process among the workers: it has a lease from before its first job to after its last. */
@Component
@ConditionalOnRole(Role.WORKER)
public class Membership implements SmartLifecycle {

  /** Long before jobs are claimed; long after the last one has ended. */
  static final int PHASE = Integer.MIN_VALUE / 2;

  private final FleetProperties properties;
  private final Storage storage;
  private final DataSourceProperties database;
  private final Environment environment;
  private final ObjectProvider<Offer.Source> offers;
  private final ApplicationEventPublisher events;
  private final AtomicInteger leases = new AtomicInteger();
  private volatile @Nullable Lease lease;

  Membership(
      FleetProperties properties,
      Storage storage,
      DataSourceProperties database,
      Environment environment,
      ObjectProvider<Offer.Source> offers,
      ApplicationEventPublisher events) {
    this.properties = properties;
    this.storage = storage;
    this.database = database;
    this.environment = environment;
    this.offers = offers;
    this.events = events;
  }

  /** The id that this process works under now; another one after it has lost its lease. */
  public String id() {
    Lease current = lease;
    return current == null ? storage.instance() : current.id();
  }

  /** Whether nobody else can have been given what this process holds. */
  public boolean holds() {
    Lease current = lease;
    return current != null && current.holds();
  }

  /** Takes nothing more from now on. */
  public void drain() {
    Lease current = lease;
    if (current != null) {
      current.drain();
    }
  }

  /** Tells the others what this process offers now. */
  public void offerChanged() {
    Lease current = lease;
    if (current != null) {
      current.renewSoon();
    }
  }

  @Override
  public void start() {
    HikariDataSource connection =
        database.initializeDataSourceBuilder().type(HikariDataSource.class).build();
    // The timeouts of the service's own connections.
    Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(connection));
    lease =
        new Lease(
            storage.instance(),
            this::newId,
            properties.lease(),
            connection,
            () -> offers.getObject().offer(),
            events::publishEvent);
  }

  /** No two leases have the same: what one has held is not the next one's. */
  private String newId() {
    int number = leases.incrementAndGet();
    return number == 1 ? storage.instance() : storage.instance() + "." + number;
  }

  @Override
  public void stop() {
    Lease current = lease;
    lease = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public boolean isRunning() {
    return lease != null;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
