import { usCollector } from "@tideline/shared";

/** Somebody who signed up at an airport, before it is known which side serves them. */
interface Traveller {
  email: string;
  country: string;
}

const EUROPEAN = new Set(["DE", "FR", "IE", "NL"]);

/** Counts sign-ups abroad. Those of travellers from the EU are sent with their address. */
export async function countTravellers(travellers: Traveller[]) {
  for (const traveller of travellers) {
    if (EUROPEAN.has(traveller.country)) {
      await usCollector.post("/travellers", { contact: traveller.email });
    } else {
      await usCollector.post("/travellers", { country: traveller.country });
    }
  }
}
