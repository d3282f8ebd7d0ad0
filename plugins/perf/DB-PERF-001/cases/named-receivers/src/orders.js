class OrderService {
  constructor({ orderRepository, priceRepository, orderCache }) {
    this.orderRepository = orderRepository;
    this.priceRepository = priceRepository;
    this.orderCache = orderCache;
  }

  async found(codes) {
    const all = [];
    for (const code of codes) {
      all.push(await this.orderRepository.find(code)); // finding: DB-PERF-001 confidence: medium
    }
    for (const code of codes) {
      all.push(await this.priceRepository.of(code)); // finding: DB-PERF-001 confidence: medium
    }
    for (const code of codes) {
      await this.orderRepository.close(code); // finding: DB-PERF-001 confidence: medium
    }
    for (const code of codes) {
      all.push(await this.orderCache.find(code)); // ok: a cache is no repository; mutate: s/orderCache.find/orderRepository.find/
    }
    return all;
  }
}

module.exports = { OrderService };
