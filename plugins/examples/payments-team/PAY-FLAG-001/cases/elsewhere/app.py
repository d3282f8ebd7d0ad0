def lines(flags, bookings):
    return [booking for booking in bookings if flags.is_on("fees")]
