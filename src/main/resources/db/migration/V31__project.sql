create table project (
  name varchar(63) not null primary key,
  description varchar(1000),
  -- null: no limit
  max_bytes bigint,
  max_jobs bigint,
  max_running_jobs bigint,
  max_training_seconds bigint,
  -- of jobs that were deleted: their time counts all the same
  deleted_seconds bigint default 0 not null,
  create_time timestamp(3) with time zone not null
);
insert into project (name, description, create_time)
  values ('default', 'Whatever names no project.', current_timestamp);

alter table dataset add column project varchar(63) default 'default' not null references project (name);
alter table dataset drop constraint dataset_name_version;
alter table dataset add constraint dataset_project_name_version unique (project, name, version);
create index dataset_by_project on dataset (project, create_time, id);

alter table upload add column project varchar(63) default 'default' not null references project (name);

alter table job add column project varchar(63) default 'default' not null references project (name);
create index job_by_project on job (project, state);
create index job_by_project_age on job (project, create_time, id);

alter table model add column project varchar(63) default 'default' not null references project (name);
create index model_by_project on model (project, name);
alter table model_version add column project varchar(63) default 'default' not null;
alter table model_version add column size_bytes bigint default 0 not null;

alter table event add column project varchar(63) default 'default' not null;
