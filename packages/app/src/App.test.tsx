import { render, screen } from '@testing-library/react';
import App from './App';

const appConfig = {
  context: 'test',
  data: {
    app: { title: 'Test', baseUrl: 'http://localhost:3000' },
    backend: { baseUrl: 'http://localhost:7007' },
  },
};

describe('App', () => {
  it('asks who is there and lets a guest in', async () => {
    process.env = {
      NODE_ENV: 'test',
      APP_CONFIG: [appConfig] as unknown as string,
    };

    render(App.createRoot());

    expect(
      await screen.findByRole('button', { name: 'Enter' }, { timeout: 15_000 }),
    ).toBeInTheDocument();
  }, 30_000);
});
