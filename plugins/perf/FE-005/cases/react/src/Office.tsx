export const Office = () => <img src="/shared-office.jpg" alt="" />; // finding: FE-005
export const Shared = () => <img src="/share-image.jpg" alt="" />; // ok: for other sites
