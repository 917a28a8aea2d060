-- The processes that work. A row's lease is its owner's promise to be alive; what a row that is LOST held
-- goes back into the queue.
create table worker (
  id varchar(128) not null primary key,
  instance varchar(128) not null,
  state varchar(16) not null,
  slots integer not null,
  accelerators varchar(64) not null,
  labels varchar(1000) not null,
  details text not null,
  start_time timestamp(3) with time zone not null,
  renew_time timestamp(3) with time zone not null,
  lease_time timestamp(3) with time zone not null
);

-- Locked by each claim while limits are set: two claims at once could pass the same limit.
create table queue_gate (id integer not null primary key);
insert into queue_gate (id) values (1);

alter table job add column submitter varchar(255) default 'anonymous' not null;
alter table job add column priority integer default 0 not null;
-- When the job would have had to be queued to stand where it does without its priority: the order of the
-- queue, which waiting does not change.
alter table job add column rank_time timestamp(3) with time zone;
update job set rank_time = create_time;
alter table job alter column rank_time set not null;
alter table job alter column available_time drop not null;
alter table job alter column worker type varchar(128);
alter table job add column losses integer default 0 not null;
alter table job add column furthest_step bigint default 0 not null;
alter table job add column run_millis bigint default 0 not null;

drop index job_by_queue;
-- H2 reads it in the order of the queue only when the query is ordered by all of it.
create index job_by_rank on job (state, rank_time, id);

create table job_label (
  job_id varchar(36) not null references job (id) on delete cascade,
  label varchar(63) not null,
  primary key (job_id, label)
);

create table job_attempt (
  job_id varchar(36) not null references job (id) on delete cascade,
  sequence integer not null,
  number integer not null,
  worker varchar(128) not null,
  start_time timestamp(3) with time zone not null,
  end_time timestamp(3) with time zone,
  outcome varchar(16),
  reason varchar(32),
  message varchar(2000),
  first_step bigint,
  last_step bigint,
  furthest_step bigint not null,
  primary key (job_id, sequence)
);
