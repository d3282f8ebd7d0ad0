export const scale = (service) => service.autoScaleTaskCount({ maxCapacity: 10 }).scaleOnSchedule("Morning", { minCapacity: 5 });
