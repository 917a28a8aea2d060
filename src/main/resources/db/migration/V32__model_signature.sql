-- Of the service over what it registered; null of versions from before there were signatures, until they are signed.
alter table model_version add column signature varchar(128);
