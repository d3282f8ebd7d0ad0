export const scale = (service) => service.autoScaleTaskCount({ maxCapacity: 10 });
