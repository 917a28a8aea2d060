-- Where a dataset's images come from when it has no upload of its own: an upload that was received in pieces, a folder
-- of the operator; and the version that it adds to.
alter table dataset add column upload varchar(36);
alter table dataset add column folder varchar(1000);
alter table dataset add column base varchar(36);
alter table dataset add column base_version integer;
-- How far its conversion is, as its worker reports it.
alter table dataset add column phase varchar(16);
alter table dataset add column bytes_done bigint default 0 not null;
alter table dataset add column images_per_second double precision;
alter table dataset add column eta_seconds double precision;

create index dataset_state on dataset (state, create_time, id);
